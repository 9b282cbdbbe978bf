-- figures of the 12 regions for 2019 and the years that begin or centre in it; the figures as received
with figures as (
  select h.series, h.variable, h.breakdown, h.period, h.region, h.unit, h.obs_status, r.received
  from harmonised.census h
  join (
    select batch, line, cell, received from raw.`ons-sdg-2-1-2`
    union all select batch, line, cell, received from raw.`ons-sdg-3-2-2`
    union all select batch, line, cell, received from raw.`ons-sdg-3-6-1`
    union all select batch, line, cell, received from raw.`ons-sdg-3-9-1`
    union all select batch, line, cell, received from raw.`ons-sdg-3-b-1`
    union all select batch, line, cell, received from raw.`ons-sdg-5-5-2`
    union all select batch, line, cell, received from raw.`ons-sdg-5-b-1`
    union all select batch, line, cell, received from raw.`ons-sdg-8-3-1`
    union all select batch, line, cell, received from raw.`ons-sdg-8-5-1`
    union all select batch, line, cell, received from raw.`ons-sdg-8-5-2`
    union all select batch, line, cell, received from raw.`ons-sdg-11-6-1`
    union all select batch, line, cell, received from raw.`ons-sdg-12-a-1`
    union all select batch, line, cell, received from raw.`ons-sdg-16-1-4`
    union all select batch, line, cell, received from raw.`ons-sdg-16-7-2`
    union all select batch, line, cell, received from raw.`ons-sdg-17-8-1`
  ) r on h.batch = r.batch and h.line = r.line and h.cell = r.cell
  where h.superseded is null and h.year = 2019 and h.region in (
    select code from harmonised.regions where level = 'NUTS1'
  )
)
select
  f.series as `Table`,
  f.variable as `Variable`,
  f.breakdown as `Breakdown`,
  case when f.period like '%-04-01/P1Y' then '2019/20' else replace(f.period, '-', ' ') end as `Year`,
  g.name as `Region`,
  f.region as `Code`,
  f.unit as `Unit`,
  f.obs_status as `Observation status`,
  f.received as `Value`
from figures f join harmonised.regions g on g.code = f.region
where f.breakdown = '_T'
  or (f.series = 'ons-sdg-8-5-1' and f.breakdown in ('SEX=M', 'SEX=F'))
  or (f.series = 'ons-sdg-11-6-1')
order by 1, 2, 3, 4, 6
