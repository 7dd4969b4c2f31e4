"""A provenance-tracking auditor of syndicated news text."""

__version__ = "0.1.0"
