//! Lists, positive facts, promises and what else a city collects.

use super::city::Body;
use super::dice::Dice;
use super::sheet::Sample;
use super::write::Form;

/// Every file of this kind.
#[must_use]
pub fn all(dice: &mut Dice, bodies: &[Body], _others: &[Body]) -> Vec<Sample> {
    vec![tax_a(dice, bodies)]
}

/// Taxpayers of level A, as the tax office publishes them.
fn tax_a(dice: &mut Dice, bodies: &[Body]) -> Sample {
    let header = [
        "编号",
        "纳税人识别号",
        "纳税人名称",
        "信用级别",
        "评价年度",
        "税务机关",
    ];
    let mut sample = Sample::new(
        "06-tax-a.csv",
        "tax-a",
        "tax",
        "2026-09-18",
        Form::CsvGb,
        &header,
    );
    for (at, body) in bodies.iter().step_by(4).enumerate() {
        sample.good(&[
            ("编号", (at + 1).to_string()),
            ("纳税人识别号", body.code.clone()),
            ("纳税人名称", body.name.clone()),
            ("信用级别", dice.pick(&["A", "A级"]).to_owned()),
            ("评价年度", "2025".to_owned()),
            ("税务机关", format!("国家税务总局{}税务局", body.district)),
        ]);
    }
    sample
}
