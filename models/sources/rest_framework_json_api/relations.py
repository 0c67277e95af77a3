from rest_framework.serializers import HyperlinkedRelatedField, PrimaryKeyRelatedField


class ResourceRelatedField(PrimaryKeyRelatedField):
    pass


class PolymorphicResourceRelatedField(ResourceRelatedField):
    pass


class SerializerMethodResourceRelatedField(ResourceRelatedField):
    def __init__(self, model=None, **kwargs):
        super().__init__(read_only=True)


class SerializerMethodHyperlinkedRelatedField(HyperlinkedRelatedField):
    def __init__(self, model=None, **kwargs):
        super().__init__(read_only=True)


HyperlinkedRelatedField = HyperlinkedRelatedField
