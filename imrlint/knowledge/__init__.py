"""Facts of the field: tables in which every row has a source, and typed look-ups over them.

`language` holds words, phrases, numbers and wordings; `medicine` drugs, treatments, parts of the body and
clinical findings; `guidelines` what treatment guidelines are called, contain and say; `law` who may review.
A table stands beside the module that reads it. `registry` declares them all; `NOTICE.md` says where they
come from and under which licence.
"""
