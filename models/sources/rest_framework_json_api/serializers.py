# Serializers of JSON:API resources: those of the REST framework, and relations of their own.
from rest_framework.serializers import *
from rest_framework.exceptions import ValidationError
from rest_framework_json_api.relations import *


class ResourceIdentifierObjectSerializer(BaseSerializer):
    pass


class PolymorphicModelSerializer(ModelSerializer):
    pass
