const express = require('express');
const xml = require('libxmljs2');
const app = express();
app.use(express.json());
app.post('/import', (req, res) => {
  const document = xml.parseXml(String(req.body));
  const names = [];
  for (const node of document.find('//note')) {
    names.push(node.get('name').text());
  }
  res.json({ names });
});
app.listen(process.env.PORT);
