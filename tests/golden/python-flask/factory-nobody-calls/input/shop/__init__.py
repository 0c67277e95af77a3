import flask

from shop.items import blueprint


def create_app(config="development"):
    app = flask.Flask(__name__)
    app.config.from_object(config)
    app.register_blueprint(blueprint, url_prefix="/items")

    @app.get("/health")
    def health():
        return {"status": "ok"}

    return app
