"""The module `kerberos` for requests-kerberos, on top of python-gssapi: Debian's own one cannot seal messages as WinRM has them."""
import base64

import gssapi
from gssapi.exceptions import GSSError
from gssapi.raw import IOV, IOVBufferType, unwrap_iov, wrap_iov

GSS_C_DELEG_FLAG = 1
GSS_C_MUTUAL_FLAG = 2
GSS_C_SEQUENCE_FLAG = 8

__all__ = ["GSSError"]


class Client:
    def __init__(self, context):
        self.context = context
        self.response = None


def authGSSClientInit(service, gssflags=0, principal=None, **_):
    name = gssapi.Name(service, gssapi.NameType.hostbased_service)
    mechanism = gssapi.MechType.kerberos
    return 1, Client(gssapi.SecurityContext(name=name, mech=mechanism, flags=gssflags, usage="initiate"))


def authGSSClientStep(client, challenge, channel_bindings=None):
    if channel_bindings is not None:
        client.context.channel_bindings = channel_bindings
    client.response = client.context.step(base64.b64decode(challenge) if challenge else None)
    return 1 if client.context.complete else 0


def channelBindings(application_data):
    return gssapi.raw.ChannelBindings(application_data=application_data)


def authGSSClientResponse(client):
    return base64.b64encode(client.response or b"").decode("ascii")


def authGSSClientClean(client):
    client.context = None
    return 1


def authGSSWinRMEncryptMessage(client, message):
    message = message.encode("utf-8") if isinstance(message, str) else message
    parts = IOV(IOVBufferType.header, message, IOVBufferType.padding, std_layout=False)
    wrap_iov(client.context, parts, confidential=True)
    header, data, padding = (part.value or b"" for part in parts)
    return data + padding, header


def authGSSWinRMDecryptMessage(client, message, header):
    parts = IOV((IOVBufferType.header, False, header), message, IOVBufferType.data, std_layout=False)
    result = unwrap_iov(client.context, parts)
    if not result.encrypted:
        raise ValueError("the message is not encrypted")
    return parts[1].value
