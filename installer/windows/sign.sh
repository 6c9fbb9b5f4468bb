#!/bin/bash
# Signs Windows programs in place: sign.sh FILE... ; without a certificate it says so and does nothing.
#   DELINK_SIGN_PFX            the certificate with its key (.pfx)
#   DELINK_SIGN_PASSWORD_FILE  a file that holds its password and nothing else
#   DELINK_SIGN_TIMESTAMP      a time stamp server, so that the signature outlives the certificate
set -euo pipefail
if [ -z "${DELINK_SIGN_PFX:-}" ]; then
    echo "sign: no certificate was given, so nothing is signed"
    exit 0
fi
for file in "$@"; do
    osslsigncode sign -pkcs12 "$DELINK_SIGN_PFX" -readpass "$DELINK_SIGN_PASSWORD_FILE" -h sha256 \
        -n Delink ${DELINK_SIGN_TIMESTAMP:+-ts "$DELINK_SIGN_TIMESTAMP"} -in "$file" -out "$file.signed" >/dev/null
    mv "$file.signed" "$file"
    echo "sign: $file"
done
