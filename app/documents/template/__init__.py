"""The base of every document: styles, numbering and settings, built by `build.py` and committed as `base.docx`."""
