"""One dispute (picture 04): what is next, until when, what happened, who, what was written."""
