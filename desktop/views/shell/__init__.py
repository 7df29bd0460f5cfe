"""The shell: navigation, top line, search, footer, and the pages between them."""
