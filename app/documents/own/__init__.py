"""A buyer's own DOCX template: their styles, headers and logo stay, our articles go where they belong.

`sending` prepares what is to be inserted; `merge` and the rest run in the bounded process of `documents.bounded`, on a
file that `intake` let through. Nothing in the template is ever evaluated.
"""
