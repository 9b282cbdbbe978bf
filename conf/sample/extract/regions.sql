-- the country, its 12 regions, the authorities that the CO2 table of 2019 has, and what belongs to no region
with authorities as (
  select distinct region from harmonised.emissions
  where source = 'la-emissions' and superseded is null and period = '2019'
)
select
  r.code as `Code`,
  r.name as `Name`,
  r.level as `Level`,
  case r.level when 'LAU' then substr(r.parent, 1, 3) else r.parent end as `Part of`
from harmonised.regions r
where r.level in ('NUTS0', 'NUTS1', 'EXTRA') or r.code in (select region from authorities)
order by case r.level when 'NUTS0' then 0 when 'NUTS1' then 1 when 'EXTRA' then 2 else 3 end, r.code
