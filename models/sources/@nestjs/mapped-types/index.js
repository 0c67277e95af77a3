const { PartialType, PickType, OmitType, IntersectionType } = require("class-validator");

module.exports = { PartialType, PickType, OmitType, IntersectionType };
