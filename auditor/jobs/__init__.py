"""The use cases: each decides an order and calls stages, engine and adapters; none computes or prints.

ingest   paths | readers | store
audit    store | fingerprints | candidates | matches | lineage | garbles | stories | store
trace    store | what is known of one article
check    a text | the same stages against the store; nothing is kept
compare  two texts | matches
report   store | pages
export   store | rows | file
demo     the example collection | ingest | audit | report
doctor   what could go wrong, looked at before it does
"""
