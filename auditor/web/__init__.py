"""The review application: a queue of cases, each with its texts side by side, and decisions on them.

Either for one reviewer on their own machine, let in by a key that is printed when the server starts, or for
users who log in. It must not know tables or rules; it calls jobs and report.

    request | guard: host, session, headers | route and role | page value | template
                                                             | decision   | the log
"""
