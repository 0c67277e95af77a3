from django.db import models


class Shelf(models.Model):
    code = models.SlugField(primary_key=True)


class Book(models.Model):
    class Kind(models.TextChoices):
        NOVEL = "novel", "Novel"
        ESSAY = "essay", "Essay"

    title = models.CharField(max_length=200)
    pages = models.PositiveIntegerField(null=True)
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.NOVEL)
    shelf = models.ForeignKey(Shelf, on_delete=models.CASCADE)
    tags = models.ManyToManyField("Tag", blank=True)
    price = models.DecimalField(max_digits=6, decimal_places=2, default=0)
    secret = models.TextField(editable=False)
    added = models.DateTimeField(auto_now_add=True)
    due = models.DateField(blank=True, null=True)


class Tag(models.Model):
    name = models.CharField(max_length=20)
