const express = require('express');
const app = express();

app.set('port', 3000);
app.enable('trust proxy');
if (app.get('env') === 'development') {
  console.log('port', app.get('port'));
}
app.listen(app.get('port'));
