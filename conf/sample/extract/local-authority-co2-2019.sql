-- authorities with their sector totals side by side, as the publisher lays them out; the figures as received
with cells as (
  select h.region, h.sector, r.received
  from harmonised.emissions h
  join raw.`la-emissions` r on h.batch = r.batch and h.line = r.line and h.cell = r.cell
  where h.source = 'la-emissions' and h.superseded is null and h.period = '2019'
),
people as (
  select h.region, r.received
  from harmonised.census h
  join raw.`la-population` r on h.batch = r.batch and h.line = r.line and h.cell = r.cell
  where h.source = 'la-population' and h.superseded is null and h.period = '2019'
)
select
  2019 as `Year`,
  c.region as `Authority Code`,
  g.name as `Authority`,
  max(case c.sector when 'IND' then c.received end) as `Industry Total:kt CO2`,
  max(case c.sector when 'COM' then c.received end) as `Commercial Total:kt CO2`,
  max(case c.sector when 'PUB' then c.received end) as `Public Sector Total:kt CO2`,
  max(case c.sector when 'DOM' then c.received end) as `Domestic Total:kt CO2`,
  max(case c.sector when 'TRA' then c.received end) as `Transport Total:kt CO2`,
  max(case c.sector when '_T' then c.received end) as `Total Emissions:kt CO2`,
  max(p.received) as `Population:000s`
from cells c
join harmonised.regions g on g.code = c.region
left join people p on p.region = c.region
group by c.region, g.name
order by c.region
