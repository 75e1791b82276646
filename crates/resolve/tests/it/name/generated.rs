//! Made-up pairs of the bench's generator, from seeds that nothing was tuned on, in both styles.

use super::m2_generate::pairs;
use resolve::name::{OrgName, compare};

/// Pairs of a set. The bench takes more; these are enough to see a share of one in a hundred.
const COUNT: usize = 4_000;

#[test]
fn five_unseen_seeds_of_each_set() {
    for (set, least) in [("han", 0.995), ("han2", 0.99), ("latin", 0.99)] {
        for seed in 9001..9006 {
            let (mut hit, mut wrong, mut near, mut taken) = (0_u32, 0_u32, 0_u32, 0_u32);
            for (left, right, same, kind) in pairs(set, COUNT, seed) {
                let found = compare(&OrgName::parse(&left), &OrgName::parse(&right)).same;
                hit += u32::from(same && found);
                wrong += u32::from(same != found);
                near += u32::from(kind == "one character");
                taken += u32::from(kind == "one character" && found);
            }
            let f1 = 2.0 * f64::from(hit) / f64::from(2 * hit + wrong);
            println!("{set} {seed}: F1 {f1:.4}, {taken} of {near} one-character changes accepted");
            assert!(hit > 1_500 && f1 >= least, "{set} {seed}: {f1:.4}");
            assert!(taken * 100 <= near, "{set} {seed}: {taken} of {near}");
        }
    }
}
