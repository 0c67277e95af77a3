class TextArea:
    pass


class HiddenInput:
    pass


class CheckboxInput:
    pass


class ListWidget:
    pass
