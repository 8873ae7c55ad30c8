"""Sends messages with pywinrm and says in a word what it makes of each answer: a JSON object a line in, a JSON text a line out."""
import json
import re
import sys
import warnings
from xml.etree import ElementTree

from winrm.exceptions import InvalidCredentialsError, WinRMError, WinRMTransportError
from winrm.protocol import Protocol

warnings.simplefilter("ignore")


def outcome(task):
    protocol = Protocol(
        endpoint=task["url"],
        transport=task["transport"],
        username=task["user"],
        password=task["password"],
        server_cert_validation="ignore",
        message_encryption=task["encryption"],
        read_timeout_sec=2,
        operation_timeout_sec=1,
    )
    try:
        root = ElementTree.fromstring(protocol.send_message(task["message"]))
        values = [one.text for one in root.iter() if one.tag.endswith("}ReturnValue")]
        return "ReturnValue " + values[0] if values else "an answer without ReturnValue"
    except InvalidCredentialsError:
        return "InvalidCredentialsError"
    except WinRMTransportError as error:
        return "WinRMTransportError %s" % error.code
    except WinRMError as error:
        found = re.search(r"'fault_subcode': '([^']+)'", str(error))
        return "WinRMError %s" % (found.group(1) if found else "")
    except Exception as error:
        return type(error).__name__


for line in sys.stdin:
    print(json.dumps(outcome(json.loads(line))), flush=True)
