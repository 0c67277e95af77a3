from django.db import models
class Item(models.Model):
    title = models.CharField(max_length=80)
    price = models.DecimalField(max_digits=8, decimal_places=2)
    stock = models.PositiveIntegerField(default=0)
    note = models.TextField(blank=True)
    color = models.CharField(max_length=10, choices=[("red", "Red"), ("blue", "Blue")])
    sold = models.DateField(null=True, blank=True)
