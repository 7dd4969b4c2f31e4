"""A simulator of syndication: real wire copy sent through made-up sites, with its lineage written down.

wire copy → stories (versions, copies, chains, merges, lost originals) → articles and their truth
"""
