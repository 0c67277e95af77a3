from flask import Blueprint
misc = Blueprint("misc", __name__, url_prefix="/misc")
@misc.route("/ping")
def ping():
    return {"ok": True}
for p in ["a", "b"]:
    misc.add_url_rule("/x/" + p, view_func=ping, methods=["GET", "POST"])
