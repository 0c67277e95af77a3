# The users that Django has, and what those of a project are made of.
from django.db import models

USERS = []


class UserManager(models.Manager):
    pass


class BaseUserManager(models.Manager):
    pass


class AbstractBaseUser(models.Model):
    password = models.CharField(max_length=128)
    last_login = models.DateTimeField(null=True, blank=True)
    is_authenticated = True
    is_anonymous = False

    class Meta:
        abstract = True

    def check_password(self, raw_password):
        return models.truth()

    def set_password(self, raw_password):
        pass

    def get_username(self):
        return models.text()

    def has_perm(self, perm, obj=None):
        return models.truth()

    def get_full_name(self):
        return models.text()


class Permission(models.Model):
    name = models.CharField(max_length=255)
    codename = models.CharField(max_length=100)


class Group(models.Model):
    name = models.CharField(max_length=150, unique=True)
    permissions = models.ManyToManyField(Permission, blank=True)


class PermissionsMixin(models.Model):
    is_superuser = models.BooleanField(default=False)
    groups = models.ManyToManyField(Group, blank=True, related_name="+")
    user_permissions = models.ManyToManyField(Permission, blank=True, related_name="+")

    class Meta:
        abstract = True


class AbstractUser(AbstractBaseUser, PermissionsMixin):
    username = models.CharField(max_length=150, unique=True)
    first_name = models.CharField(max_length=150, blank=True)
    last_name = models.CharField(max_length=150, blank=True)
    email = models.EmailField(blank=True)
    is_staff = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    date_joined = models.DateTimeField(auto_now_add=True)

    class Meta:
        abstract = True


class User(AbstractUser):
    pass


class AnonymousUser:
    is_authenticated = False
    is_anonymous = True
