SAFE_METHODS = ("GET", "HEAD", "OPTIONS")


class BasePermission:
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
        return request.user.is_authenticated


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
