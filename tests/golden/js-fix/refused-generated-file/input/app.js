const express=require("express"),app=express(),o=[{id:"a1",total:10}];app.get("/orders/:id/total",(e,r)=>{const t=o.find(r=>r.id===e.params.id);r.json({total:t.total})}),app.listen(process.env.PORT);
//# sourceMappingURL=app.js.map
