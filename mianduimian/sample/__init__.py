"""样例: one made-up round on 道路安全与交通秩序, the same for the same day, invented from the first word to the last."""
