SAFE_METHODS = ("GET", "HEAD", "OPTIONS")


class Operand:
    """Permissions joined by & and |, which stand where a class does."""

    def __init__(self, kind, first, second=None):
        self.kind = kind
        self.first = first
        self.second = second

    def __call__(self):
        return self.kind(self.first(), self.second() if self.second else None)

    def __and__(self, other):
        return Operand(Both, self, other)

    def __or__(self, other):
        return Operand(Either, self, other)

    def __invert__(self):
        return Operand(Not, self)


class BasePermission:
    @classmethod
    def __and__(cls, other):
        return Operand(Both, cls, other)

    @classmethod
    def __or__(cls, other):
        return Operand(Either, cls, other)

    @classmethod
    def __invert__(cls):
        return Operand(Not, cls)

    def has_permission(self, request, view):
        return True

    def has_object_permission(self, request, view, obj):
        return True


class AllowAny(BasePermission):
    pass


class IsAuthenticated(BasePermission):
    def has_permission(self, request, view):
        return request.user.is_authenticated


class IsAdminUser(BasePermission):
    def has_permission(self, request, view):
        return request.user.is_authenticated and request.user.is_staff


class IsAuthenticatedOrReadOnly(BasePermission):
    def has_permission(self, request, view):
        if request.method in SAFE_METHODS:
            return True
        return request.user.is_authenticated


class DjangoModelPermissions(BasePermission):
    def has_permission(self, request, view):
        return request.user.is_authenticated


class DjangoModelPermissionsOrAnonReadOnly(IsAuthenticatedOrReadOnly):
    pass


class DjangoObjectPermissions(DjangoModelPermissions):
    pass


class Joined:
    def __init__(self, first, second):
        self.first = first
        self.second = second


class Both(Joined):
    def has_permission(self, request, view):
        return self.first.has_permission(request, view) and self.second.has_permission(request, view)

    def has_object_permission(self, request, view, obj):
        return self.first.has_object_permission(request, view, obj) and self.second.has_object_permission(request, view, obj)


class Either(Joined):
    def has_permission(self, request, view):
        return self.first.has_permission(request, view) or self.second.has_permission(request, view)

    def has_object_permission(self, request, view, obj):
        return self.first.has_object_permission(request, view, obj) or self.second.has_object_permission(request, view, obj)


class Not(Joined):
    def has_permission(self, request, view):
        return not self.first.has_permission(request, view)

    def has_object_permission(self, request, view, obj):
        return not self.first.has_object_permission(request, view, obj)
