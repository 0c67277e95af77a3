from flask import Flask, render_template, request, redirect, jsonify, abort
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import Form, StringField, IntegerField, BooleanField, SelectField, PasswordField, TextAreaField, DateField, EmailField, FloatField, validators, FieldList, FormField
from wtforms.validators import DataRequired, Length, NumberRange, Email, Optional, EqualTo, Regexp, AnyOf, ValidationError

app = Flask(__name__)


class SignupForm(FlaskForm):
    username = StringField("Name", validators=[DataRequired(), Length(min=3, max=20)])
    email = StringField("Email", [DataRequired(), Email()])
    age = IntegerField("Age", validators=[Optional(), NumberRange(min=18, max=120)])
    plan = SelectField("Plan", choices=[("free", "Free"), ("pro", "Pro")])
    remember = BooleanField("Remember")
    password = PasswordField(validators=[DataRequired(), EqualTo("confirm")])
    confirm = PasswordField()

    def validate_username(self, field):
        if field.data == "root":
            raise ValidationError("taken")


class SearchForm(Form):
    q = StringField(validators=[validators.InputRequired(), validators.Length(max=50)])
    page = IntegerField(validators=[validators.Optional()], default=1)


class UploadForm(FlaskForm):
    photo = FileField(validators=[FileRequired()])


USERS = {}


@app.route("/signup", methods=["GET", "POST"])
def signup():
    form = SignupForm()
    if form.validate_on_submit():
        user = {"name": form.username.data, "age": form.age.data}
        USERS[form.username.data] = user
        return jsonify(user), 201
    return jsonify(form.errors), 400


@app.get("/search")
def search():
    form = SearchForm(request.args)
    if not form.validate():
        abort(400)
    return jsonify([u for u in USERS if form.q.data in u])


@app.post("/birthday")
def birthday():
    form = SignupForm()
    if form.validate_on_submit():
        return jsonify(next_age=form.age.data + 1)
    return jsonify(form.errors), 400


@app.post("/photo")
def photo():
    form = UploadForm()
    if not form.validate_on_submit():
        return jsonify(form.errors), 400
    return jsonify(name=form.photo.data.filename)


@app.post("/search")
def search_post():
    form = SearchForm(request.form)
    if request.method == "POST" and form.validate():
        return jsonify(page=form.page.data)
    return jsonify(error="bad"), 422
