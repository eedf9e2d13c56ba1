from collections.abc import Iterator

from imrlint.rulekit import Category, Edit, Finding, Fix, Importance, Letter, Reading, Rule, knowledge


class UnknownSpecialty(Rule):
    """A specialty that is nearly, but not quite, a known one.

    A specialty that resembles none is left alone: boards certify many.

    ```diff
    -Certification(s)/Specialty: Physical Medicine & Rehabilitation, Pain Management
    +Certification(s)/Specialty: Physical Medicine & Rehabilitation, Pain Managment
    ```

    ```findings
    "Pain Managment" not a known specialty; "Pain Management" is meant, it seems
      fix (suggested): write Pain Management
    ```
    """

    code = "REV004"
    category = Category.MALFORMED
    importance = Importance.MEDIUM

    def check(self, letter: Letter, reading: Reading) -> Iterator[Finding]:
        known = knowledge.credentials.specialties()
        for specialty in letter.reviewer.specialties:
            key = knowledge.credentials.specialty_key(specialty.value or "")
            if key in known:
                continue
            meant = knowledge.credentials.nearest(key, known, at_least=88)
            if meant:
                fix = Fix(f"write {meant}", (Edit(specialty.span, meant),))
                message = f'not a known specialty; "{meant}" is meant, it seems'
                yield Finding(specialty.span, message, fix=fix)
