"""The review application: a queue of cases, each with its texts side by side, and decisions on them.

For one reviewer on their own machine: it listens on the loopback address only, and lets in only whoever has
the key that it prints when it starts. It must not know tables or rules; it calls jobs and report.

    request | who asks | page value | template
                       | decision | the log
"""
