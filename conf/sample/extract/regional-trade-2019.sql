-- one line for each table, flow, region and partner or SITC section; areas below NUTS 1 are summed
with places as (
  select code, case level when 'NUTS1' then code when 'EXTRA' then code else substr(parent, 1, 3) end as region
  from harmonised.regions
),
lines as (
  select t.series, t.flow, p.region, t.partner, t.product, sum(t.value) as value
  from harmonised.trade t join places p on t.region = p.code
  where t.superseded is null and t.value is not null
    and t.series in ('hmrc-rts-t1', 'hmrc-rts-t4', 'hmrc-rts-t5')
  group by t.series, t.flow, p.region, t.partner, t.product
)
select
  l.series as `Table`,
  case l.flow when 'export' then 'Exp' else 'Imp' end as `Flow`,
  l.region as `NUTS1`,
  l.partner as `Partner`,
  case l.product when '_T' then 'Total' else l.product end as `SITC Section`,
  cast(round(l.value / 1000000) as bigint) as `Statistical Value (GBP million)`
from lines l
order by 1, 2, 3, 4, 5
