/* What did X cost, by month and purpose?
   `usd_open` is the worst case of requests whose answer never came; it counts against the budget as well. */
SELECT substr(day, 1, 7) AS month, purpose, count(*) AS requests, sum(posts) AS posts, sum(users) AS users,
    sum(settled_micro) / 1e6 AS usd,
    sum(CASE WHEN state = 'settled' THEN 0 ELSE reserved_micro END) / 1e6 AS usd_open
FROM spend
GROUP BY month, purpose
ORDER BY month DESC, usd DESC;
