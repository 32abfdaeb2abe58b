#!/bin/sh
# Run once by the image of PostgreSQL, on an empty volume: the role that owns and migrates the database, and the one that
# serves. Neither is a superuser.
set -eu
psql --username "$POSTGRES_USER" --dbname postgres --set ON_ERROR_STOP=1 \
  --set owner="$(cat /run/secrets/owner_password)" --set service="$(cat /run/secrets/service_password)" <<'SQL'
create role compte_owner login password :'owner';
create role compte_service login password :'service';
create database compte owner compte_owner;
revoke connect, temporary on database compte from public;
grant connect on database compte to compte_service;
SQL
