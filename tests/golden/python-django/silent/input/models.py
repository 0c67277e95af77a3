from django.db import models


class Owner(models.Model):
    name = models.CharField(max_length=40)


class Pet(models.Model):
    name = models.CharField(max_length=40)
    owner = models.ForeignKey(Owner, null=True, on_delete=models.SET_NULL)
    born = models.DateField()
