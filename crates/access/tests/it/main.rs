//! Attempts to reach further than one is appointed.

#![allow(clippy::expect_used, clippy::panic)]

mod shipped;
mod site;
mod table;

use access::{Access, BadPolicies};
use credit::people::{Appointment, AppointmentId, Role};
use jiff::civil::{Date, date};

fn appointed(role: Role, agency: &str, themes: &[&str]) -> Appointment {
    Appointment {
        id: AppointmentId([1; 16]),
        role,
        agency: agency.to_owned(),
        unit: None,
        themes: themes.iter().map(|&code| code.to_owned()).collect(),
        from: date(2026, 1, 1),
        until: date(2026, 12, 31),
    }
}

fn today() -> Date {
    date(2026, 6, 1)
}

fn with(site: &str) -> Result<Access, BadPolicies> {
    Access::with_site(site)
}

fn shipped() -> Access {
    with("").expect("the shipped policies")
}
