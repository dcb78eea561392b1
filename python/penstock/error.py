"""What the server says when something is wrong."""


class PenstockError(Exception):
    """An error with a stable code, such as ``NOT_FOUND``, and a hint where there is one.

    ``code`` is ``UNREACHABLE`` when no server answered, and ``HTTP_<status>`` when what
    answered was not Penstock.
    """

    def __init__(self, code, message, hint="", status=None):
        super().__init__(f"{code} {message}" + (f"; {hint}" if hint else ""))
        self.code = code
        self.message = message
        self.hint = hint
        self.status = status

    @classmethod
    def of(cls, response):
        """The error that a response holds."""
        try:
            error = response.json()["error"]
            return cls(error["code"], error["message"], error.get("hint", ""), response.status_code)
        except (ValueError, KeyError, TypeError):
            return cls(
                f"HTTP_{response.status_code}",
                response.text[:500] or response.reason,
                status=response.status_code,
            )
