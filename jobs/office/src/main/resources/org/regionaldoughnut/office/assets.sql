-- The assets map: every indicator of the eight capitals for a region and year, what there is and what is missing,
-- beside the regions of its level and its own past. Over the tables indicators, doughnut and regions of a release.
with places as (
    select d.dimension as capital, d.indicator, d.region, r.level as region_level, d.year, d.reference_year, d.value,
           d.unit, d.direction, d.obs_status, d.reason
    from doughnut d
    join regions r on r.code = d.region
    where d.framework = 'eight-capitals' and d.breakdown = '_T' and d.indicator not like '\_%' escape '\'
),
peers as (
    select indicator, region_level, year, median(value) as peers_median, min(value) as peers_least,
           max(value) as peers_most, count(value) as peers
    from places
    group by indicator, region_level, year
),
earlier as (
    select p.indicator, p.region, p.year,
           max_by(i.value, i.reference_year) filter (where i.reference_year <= p.reference_year - 5) as five_years,
           max(i.reference_year) filter (where i.reference_year <= p.reference_year - 5) as five_years_year,
           min_by(i.value, i.reference_year) as oldest,
           min(i.reference_year) as oldest_year
    from places p
    join indicators i on i.indicator = p.indicator and i.region = p.region
    where p.value is not null and i.breakdown = '_T' and i.value is not null and i.reference_year < p.reference_year
    group by p.indicator, p.region, p.year
),
compared as (
    select p.*, q.peers_median, q.peers_least, q.peers_most, q.peers,
           coalesce(e.five_years_year, e.oldest_year) as past_year,
           case when e.five_years_year is null then e.oldest else e.five_years end as past_value
    from places p
    join peers q on q.indicator = p.indicator and q.region_level = p.region_level and q.year = p.year
    left join earlier e on e.indicator = p.indicator and e.region = p.region and e.year = p.year
)
select capital, indicator, region, year, value is not null as there, value, unit, reference_year, obs_status,
       peers_median, peers_least, peers_most, peers,
       case
           when value is null or peers < 2 or direction = 'context' then null
           when value = peers_median then 'equal'
           when (value > peers_median) = (direction = 'higher') then 'better'
           else 'worse'
       end as beside_peers,
       past_year, past_value, value - past_value as change,
       case
           when value is null or past_value is null or direction = 'context' then null
           when value = past_value then 'equal'
           when (value > past_value) = (direction = 'higher') then 'better'
           else 'worse'
       end as since_past,
       reason
from compared
