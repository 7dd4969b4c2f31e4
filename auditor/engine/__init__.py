"""Engines run the pure stages over many articles: ``local`` in this machine's processes."""
