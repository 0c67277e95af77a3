from django import forms
from .models import Item

class OrderForm(forms.Form):
    name = forms.CharField(max_length=40)
    email = forms.EmailField(required=False)
    quantity = forms.IntegerField(min_value=1, max_value=9)
    size = forms.ChoiceField(choices=[("s", "S"), ("m", "M")])
    gift = forms.BooleanField(required=False)
    when = forms.DateField(required=False)

    def clean_name(self):
        name = self.cleaned_data["name"]
        if name == "x":
            raise forms.ValidationError("no")
        return name

class ItemForm(forms.ModelForm):
    class Meta:
        model = Item
        fields = ["title", "price", "stock", "color", "sold", "note"]

class SearchForm(forms.Form):
    q = forms.CharField(min_length=2)
    page = forms.IntegerField(required=False)
