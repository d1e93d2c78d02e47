#!/bin/sh
# Makes the database of the application and the role that owns it, both called $DATABASE_ROLE. The container of compose.yaml
# runs this once, while its volume is empty; run it by hand as a superuser of any other PostgreSQL server.
#
# The role is an ordinary one: whatever happens to the application, it can neither read files of the server, nor start
# programs there, nor see the passwords of other roles.
set -e

# psql puts quotes around what variables hold.
psql --no-psqlrc --quiet --set ON_ERROR_STOP=1 --username "${POSTGRES_USER:-postgres}" --dbname postgres \
  --set role="${DATABASE_ROLE:?}" --set password="${DATABASE_PASSWORD:?}" <<'SQL'
create role :"role" login password :'password' nosuperuser nocreatedb nocreaterole noreplication;
create database :"role" owner :"role";
revoke all on database :"role" from public;
SQL
