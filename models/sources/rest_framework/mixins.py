class CreateModelMixin:
    def create(self, request, *args, **kwargs):
        pass


class ListModelMixin:
    def list(self, request, *args, **kwargs):
        pass


class RetrieveModelMixin:
    def retrieve(self, request, *args, **kwargs):
        pass


class UpdateModelMixin:
    def update(self, request, *args, **kwargs):
        pass

    def partial_update(self, request, *args, **kwargs):
        pass


class DestroyModelMixin:
    def destroy(self, request, *args, **kwargs):
        pass
