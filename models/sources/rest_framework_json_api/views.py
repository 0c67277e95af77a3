from rest_framework.viewsets import GenericViewSet, ModelViewSet, ReadOnlyModelViewSet
