//! The lock counts what it opens: once a seal, by day and purpose, and nothing that must be written down
//! opens uncounted.

use crate::make::{PERMIT, catalog, facts, now, own_permit, record, subject_id, version};
use credit::subject::SubjectKind;
use jiff::civil::date;
use policy::tally::Opened;
use policy::{Mismatch, NotAccepted, Permit, Purpose, Sealed, Tally};

fn firm() -> credit::record::Facts {
    let row = vec![version(1, &[("NAME", "甲")])];
    facts(SubjectKind::Enterprise, vec![record(1, PERMIT, row)])
}

#[test]
fn invariant_14_every_opening_that_must_be_written_down_is_counted() -> Result<(), NotAccepted> {
    let tally = Tally::default();
    for (id, day) in [
        (1, date(2026, 6, 1)),
        (2, date(2026, 6, 1)),
        (3, date(2026, 6, 2)),
    ] {
        let permit = own_permit(id)?;
        let sealed = Sealed::counted(&permit, firm(), tally.on(day));
        assert!(permit.open(sealed, &catalog(), now()).is_ok());
    }
    let taken = tally.take();
    let of = |day, count| Opened {
        day,
        purpose: Purpose::OwnReport,
        count,
    };
    assert_eq!(taken, [of(date(2026, 6, 1), 2), of(date(2026, 6, 2), 1)]);
    assert!(tally.take().is_empty(), "it is taken once");
    tally.put_back(&taken);
    tally.put_back(&taken[..1]);
    assert_eq!(
        tally.take()[0].count,
        4,
        "what was not written down is there again"
    );
    Ok(())
}

#[test]
fn invariant_14_a_seal_without_a_counter_opens_for_the_public_only() -> Result<(), NotAccepted> {
    let permit = own_permit(1)?;
    let sealed = Sealed::new(&permit, firm());
    let opened = permit.open(sealed, &catalog(), now());
    assert_eq!(opened.err(), Some(Mismatch::Uncounted));
    struct Mine;
    impl policy::OfOwnFile for Mine {}
    let permit = own_permit(2)?;
    let sealed = Sealed::new(&permit, Mine);
    assert_eq!(permit.open_own(sealed).err(), Some(Mismatch::Uncounted));
    let permit = Permit::public(subject_id());
    let sealed = Sealed::new(&permit, firm());
    assert!(permit.open(sealed, &catalog(), now()).is_ok());
    Ok(())
}

#[test]
fn what_does_not_open_is_not_counted_and_public_looks_never_are() -> Result<(), NotAccepted> {
    let tally = Tally::default();
    let day = date(2026, 6, 1);
    let sealed = Sealed::counted(&own_permit(1)?, firm(), tally.on(day));
    assert!(own_permit(2)?.open(sealed, &catalog(), now()).is_err());
    let permit = Permit::public(subject_id());
    let sealed = Sealed::counted(&permit, firm(), tally.on(day));
    assert!(permit.open(sealed, &catalog(), now()).is_ok());
    assert!(tally.take().is_empty());
    Ok(())
}
