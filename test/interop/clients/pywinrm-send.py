"""Sends one message with pywinrm's Protocol.send_message: JSON on stdin, JSON on stdout."""
import json
import sys

from winrm.exceptions import WinRMError, WinRMTransportError
from winrm.protocol import Protocol

task = json.load(sys.stdin)
protocol = Protocol(
    endpoint=task["url"],
    transport=task.get("transport", "basic"),
    username=task.get("user", ""),
    password=task.get("password", ""),
    cert_pem=task.get("certificate"),
    cert_key_pem=task.get("key"),
    server_cert_validation="ignore",
    message_encryption="never",
)
if "action" in task:
    # The header as pywinrm itself writes it, mustUnderstand without a prefix and all.
    import xmltodict

    envelope = {"env:Envelope": protocol._get_soap_header(resource_uri=task["resourceUri"], action=task["action"])}
    selectors = [{"@Name": name, "#text": value} for name, value in task["selectors"].items()]
    envelope["env:Envelope"]["env:Header"]["w:SelectorSet"] = {"w:Selector": selectors}
    envelope["env:Envelope"]["env:Body"] = task["body"]
    message = xmltodict.unparse(envelope)
else:
    message = task["message"]
try:
    answer = protocol.send_message(message)
    print(json.dumps({"answer": answer.decode("utf-8") if isinstance(answer, bytes) else answer}))
except WinRMTransportError as error:
    print(json.dumps({"status": error.code, "error": str(error)}))
except WinRMError as error:
    print(json.dumps({"error": str(error)}))
