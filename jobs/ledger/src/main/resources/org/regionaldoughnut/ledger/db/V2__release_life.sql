-- What happens to a release between its draft and its readers.

alter table release add column embargo timestamp(6) with time zone;
alter table release add column approved_by varchar;
alter table release add column approved timestamp(6) with time zone;
alter table release add column approval_note varchar;
-- identity of every byte that was approved: another identity is not approved
alter table release add column approved_hash varchar;
-- the release this one is a new version of
alter table release add column amends varchar;
