# Gives Patroni the passwords that compose.yaml mounts as files.
set -eu
PATRONI_SUPERUSER_PASSWORD=$(cat /run/secrets/superuser)
PATRONI_REPLICATION_PASSWORD=$(cat /run/secrets/replication)
export PATRONI_SUPERUSER_PASSWORD PATRONI_REPLICATION_PASSWORD
exec /patroni/bin/patroni /etc/patroni/patroni.yml
