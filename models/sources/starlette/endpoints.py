# A class that answers with its methods of the same name.
class HTTPEndpoint:
    pass
