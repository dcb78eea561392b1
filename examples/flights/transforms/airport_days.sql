SELECT
  origin AS airport,
  CAST(date AS DATE) AS day,
  count(*) AS flights,
  avg(delay) AS delay,
  avg(CASE WHEN delay >= 15 THEN 1.0 ELSE 0.0 END) AS late
FROM landings
GROUP BY airport, day
