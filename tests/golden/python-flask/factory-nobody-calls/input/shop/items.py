from flask import Blueprint

blueprint = Blueprint("items", __name__)


@blueprint.get("/<int:item_id>")
def item(item_id):
    return {"id": item_id}
